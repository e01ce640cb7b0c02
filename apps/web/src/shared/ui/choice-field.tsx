/** One of many names: typed to narrow the list, chosen from it. A name that is not listed stays as typed; the API knows. */
import { Autocomplete } from '@base-ui/react/autocomplete';
import { Field, type Labelled } from './field.js';

interface ChoiceFieldProps extends Labelled {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly choices: readonly string[];
  readonly placeholder: string;
}

export function ChoiceField({ value, onChange, choices, placeholder, ...field }: ChoiceFieldProps) {
  return (
    <Autocomplete.Root items={choices} value={value} onValueChange={onChange} autoHighlight openOnInputClick>
      <Field
        {...field}
        render={(tied) => (
          <Autocomplete.Input
            {...tied}
            placeholder={placeholder}
            spellCheck={false}
            className="mono h-8 w-full rounded-control border border-line-strong bg-surface px-2.5 text-13 text-text placeholder:text-faint aria-invalid:border-crit"
          />
        )}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} align="start" className="z-60">
          <Autocomplete.Popup
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the popup has a role of its own to replace
            role="region"
            aria-label={`${field.label}: choices`}
            className="pop w-[var(--anchor-width)] min-w-56 rounded-card border border-line bg-raised p-1 shadow-float outline-none"
          >
            <Autocomplete.Empty className="px-2 py-1.5 text-12 text-muted empty:hidden">
              Nothing by that name.
            </Autocomplete.Empty>
            <Autocomplete.List
              aria-label={field.label}
              className="max-h-[40vh] overflow-y-auto outline-none empty:hidden"
            >
              {(choice: string) => (
                <Autocomplete.Item
                  key={choice}
                  value={choice}
                  className="mono flex h-7 items-center rounded-control px-2 text-13 outline-none data-[highlighted]:bg-accent-soft"
                >
                  {choice}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
