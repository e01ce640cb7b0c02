/** Preferences of one person on this device, their password and their second factor. */
import { SecondFactor } from '../features/session/second-factor.js';
import { ChangePassword } from '../features/session/change-password.js';
import { prefer, usePreferences, type Preferences } from '../shared/preferences.js';
import { CheckField, SelectField } from '../shared/ui/field.js';
import { PageHead, Panel } from '../shared/ui/panel.js';

export default function PreferencesPage() {
  const { theme, zone, singleKeys } = usePreferences();
  return (
    <div className="flex max-w-[720px] flex-col gap-3">
      <PageHead title="Preferences" />
      <Panel title="Display" note="kept on this device">
        <div className="grid grid-cols-2 gap-4">
          <SelectField
            label="Theme"
            value={theme}
            onChange={(event) => prefer({ theme: event.target.value as Preferences['theme'] })}
          >
            <option value="system">As the system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </SelectField>
          <SelectField
            label="Times"
            value={zone}
            onChange={(event) => prefer({ zone: event.target.value as Preferences['zone'] })}
          >
            <option value="UTC">UTC</option>
            <option value="local">This browser’s zone</option>
          </SelectField>
          <CheckField
            className="col-span-2"
            label="Single-key shortcuts"
            hint="Off: only shortcuts with Ctrl act."
            checked={singleKeys}
            onChange={(event) => prefer({ singleKeys: event.target.checked })}
          />
        </div>
      </Panel>
      <Panel title="Second factor">
        <SecondFactor />
      </Panel>
      <Panel title="Password">
        <ChangePassword />
      </Panel>
    </div>
  );
}
