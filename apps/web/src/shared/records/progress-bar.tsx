/** The progress of something long, from 0 to 100. */
export function ProgressBar({ label, percent }: { readonly label: string; readonly percent: number }) {
  return (
    <progress
      aria-label={label}
      max={100}
      value={Math.round(percent)}
      className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
    />
  );
}
