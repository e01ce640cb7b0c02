import { notify } from '../ui/toast.js';

/** The way back that the toast of a change offers: what was is set again, with a reason that says so. */
export const putBack = (reason: string, set: (reason: string) => Promise<unknown>) => ({
  label: 'Put back',
  run: () =>
    void set(`Put back: ${reason}`.slice(0, 500)).catch((failure: Error) =>
      notify({ title: 'Not put back', description: failure.message }),
    ),
});
