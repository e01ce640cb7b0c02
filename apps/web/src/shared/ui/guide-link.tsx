/** A page of the documentation on what stands here. It opens beside the console, so that nothing typed is lost. */
import { BookOpen } from 'lucide-react';
import type { ReactNode } from 'react';

export const GUIDES = {
  'wire-an-agent': 'Wire an agent',
  'write-a-condition': 'Write a condition',
  'other-resources': 'Govern other resources',
  'stop-and-lift': 'Stop and lift',
  'export-and-verify': 'Export and verify',
  'send-telemetry': 'Send telemetry',
  'connect-langfuse': 'Connect Langfuse',
  'run-in-production': 'Run in production',
} as const;
export type Guide = keyof typeof GUIDES;

export function GuideLink({ to, children }: { readonly to: Guide; readonly children?: ReactNode }) {
  return (
    <a
      href={`/docs/guides/${to}`}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1 text-accent underline underline-offset-2"
    >
      <BookOpen size={13} aria-hidden className="shrink-0" />
      {children ?? GUIDES[to]}
      <span className="sr-only">, opens another page</span>
    </a>
  );
}
