/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keys */
/**
 * Text from outside, inert: no markup, no links, no images; characters that cannot be seen are named. Long
 * texts are cut, since drawing a megabyte is how a page dies.
 */
import { useState } from 'react';
import { count } from '../format.js';
import { visibleParts } from '../text/invisible.js';
import { Button } from '../ui/button.js';
import { CopyText } from './copyable.js';

const SHORT = 2_000;
const LONG = 65_536;

export function InertText({ text, label }: { readonly text: string; readonly label: string }) {
  const [limit, setLimit] = useState(SHORT);
  const parts = visibleParts(text.slice(0, limit));
  const hidden = parts.filter((part) => part.hidden).length;
  return (
    <figure className="rounded-r-control border-l-2 border-warn bg-sunken">
      <figcaption className="flex h-7 items-center gap-2 pr-1 pl-3 text-11 text-muted">
        {label}
        {hidden > 0 && (
          <strong className="font-medium text-deny">
            {count(hidden)} hidden {hidden === 1 ? 'character' : 'characters'} made visible
          </strong>
        )}
        <span className="ml-auto">
          <CopyText text={text} label="Copy as it is" />
        </span>
      </figcaption>
      <pre
        tabIndex={0}
        aria-label={label}
        dir="ltr"
        className="mono max-h-72 overflow-auto px-3 pb-2 leading-[18px] break-words whitespace-pre-wrap"
      >
        {parts.map((part, index) =>
          part.hidden ? (
            <mark key={index} className="mx-px rounded-chip bg-deny-fill px-1 text-11 text-deny">
              {part.text}
            </mark>
          ) : (
            <span key={index}>{part.text}</span>
          ),
        )}
      </pre>
      {text.length > limit && (
        <div className="flex items-center gap-2 border-t border-line px-3 py-1.5 text-12 text-muted">
          {count(limit)} of {count(text.length)} characters
          <Button size="sm" kind="ghost" onClick={() => setLimit(limit === SHORT ? LONG : limit + LONG)}>
            Show more
          </Button>
        </div>
      )}
    </figure>
  );
}
