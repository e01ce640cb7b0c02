// Order statistics.

/** Nearest rank, of ascending values. */
export function percentile(ascending, share) {
  if (ascending.length === 0) return NaN;
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)];
}

export function median(values) {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = Math.floor(ascending.length / 2);
  return ascending.length % 2 === 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
}
