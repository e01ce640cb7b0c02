/** The pages outside the console: one card, nothing else. */
import type { ReactNode } from 'react';

export function Frame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className="flex min-h-full items-center justify-center bg-sunken p-4">
      <div className="w-[380px] rounded-card border border-line bg-surface p-6 shadow-float">
        <div className="mb-5 flex items-center gap-2.5">
          <img src="/icon.svg" alt="" width={26} height={26} />
          <span className="text-16 font-semibold">Reeve</span>
        </div>
        <h1 className="mb-4 text-20">{title}</h1>
        {children}
      </div>
    </main>
  );
}
