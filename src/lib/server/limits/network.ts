import { isIPv6 } from 'node:net';

/**
 * What counts as one client: an IPv4 address as it is, of an IPv6 address the first 64 bits, for one connection has all
 * addresses within them. What is no address is given back.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  // A URL writes it in one way, without leading zeros (RFC 5952); it knows no zones.
  const written = new URL(`http://[${address.replace(/%.*/, '')}]`).hostname.slice(1, -1);
  if (written.startsWith('::ffff:')) return written; // an IPv4 address, as a server for both kinds sees it
  const [before = [], after = []] = written.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}
