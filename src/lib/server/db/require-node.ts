/** Stops with a sentence that helps where the driver would end the process without one. */
export function requireNode(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 18)) {
    throw new Error(
      `Drieluik needs Node 22.18 or newer; this is ${version}. Start it with "npm start" or "npm run drieluik", which bring their own.`,
    );
  }
}
