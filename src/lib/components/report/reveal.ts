/** Opens all that is closed around the part of the page that a fragment (`#…`) names. Nothing happens where there is none. */
export function reveal(hash: string): void {
  const wanted = hash.length > 1 ? document.getElementById(hash.slice(1)) : null;
  let around = wanted?.closest('details');
  if (!around) return;
  while (around) {
    around.open = true;
    around = around.parentElement?.closest('details');
  }
  wanted?.scrollIntoView();
}
