/** Fields that several kinds of things have. */
import { CheckField, TextField } from '../ui/field.js';

export function Described({
  form,
  set,
}: {
  readonly form: { readonly title: string; readonly description: string };
  readonly set: (change: { title?: string; description?: string }) => void;
}) {
  return (
    <>
      <TextField label="Title" value={form.title} onChange={(event) => set({ title: event.target.value })} />
      <TextField
        label="Description"
        value={form.description}
        onChange={(event) => set({ description: event.target.value })}
      />
    </>
  );
}

/** Some of the names there are. */
export function NamesField({
  legend,
  names,
  chosen,
  onChange,
}: {
  readonly legend: string;
  readonly names: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}) {
  if (names.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-1 text-12 font-medium text-muted">{legend}</legend>
      <div className="grid max-h-40 grid-cols-2 gap-1 overflow-y-auto">
        {names.map((name) => (
          <CheckField
            key={name}
            label={name}
            checked={chosen.includes(name)}
            onChange={(event) => {
              const others = chosen.filter((one) => one !== name);
              onChange(event.target.checked ? [...others, name] : others);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
