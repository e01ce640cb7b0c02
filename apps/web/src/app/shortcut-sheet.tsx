/** Every shortcut there is right now, from the registry that runs them: the page's own first. */
import { GROUPS, useRegisteredShortcuts, type Shortcut } from '../shared/shortcuts.js';
import { Dialog } from '../shared/ui/dialog.js';
import { GUIDES, GuideLink, type Guide } from '../shared/ui/guide-link.js';
import { Kbd } from '../shared/ui/kbd.js';

export function ShortcutSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const shortcuts = useRegisteredShortcuts();
  const groups = GROUPS.map((group) => ({ group, keys: inForce(shortcuts, group) }));
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keyboard shortcuts"
      description="Single keys can be turned off in Preferences."
      width="w-[680px]"
    >
      <div className="columns-2 gap-8 pb-4">
        {groups
          .filter(({ keys }) => keys.length > 0)
          .map(({ group, keys: listed }) => (
            <section key={group} className="mb-4 break-inside-avoid">
              <h3 className="mb-1 text-12 text-faint">{group}</h3>
              <dl>
                {listed.map(({ keys, label }) => (
                  <div key={keys} className="flex h-6 items-center justify-between gap-3">
                    <dt className="truncate text-13">{label}</dt>
                    <dd className="flex gap-1">
                      {keys.split(/[ +]/).map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
      <h3 className="mb-1 text-12 text-faint">Guides</h3>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 pb-4 text-13">
        {(Object.keys(GUIDES) as Guide[]).map((guide) => (
          <li key={guide}>
            <GuideLink to={guide} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** A key registered twice does what the latest says. */
const inForce = (shortcuts: readonly Shortcut[], group: Shortcut['group']): Shortcut[] => [
  ...new Map(shortcuts.filter((each) => each.group === group).map((each) => [each.keys, each])).values(),
];
