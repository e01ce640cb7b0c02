/** A key, as it is drawn beside what it does. */
export function Kbd({ children }: { readonly children: string }) {
  return (
    <kbd className="rounded-chip border border-line bg-sunken px-1 font-mono text-11 leading-4 whitespace-nowrap text-muted">
      {children}
    </kbd>
  );
}
