/** Every shortcut there is right now, from the registry that runs them. */
import { useRegisteredShortcuts } from '../shared/shortcuts.js';
import { Dialog } from '../shared/ui/dialog.js';
import { Kbd } from '../shared/ui/kbd.js';

export function ShortcutSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const shortcuts = useRegisteredShortcuts();
  const groups = [...new Set(shortcuts.map(({ group }) => group))];
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keyboard shortcuts"
      description="Single keys can be turned off in Preferences."
      width="w-[680px]"
    >
      <div className="grid grid-cols-2 gap-x-8 gap-y-4 pb-4">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="mb-1 text-12 text-faint">{group}</h3>
            <dl>
              {shortcuts
                .filter((each) => each.group === group)
                .map(({ keys, label }) => (
                  <div key={keys} className="flex h-7 items-center justify-between gap-3">
                    <dt className="truncate text-13">{label}</dt>
                    <dd className="flex gap-1">
                      {keys.split(' ').map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
