/** May this caller speak for the assistant, and does the tenant know the subject? */
import { deny, passBecause } from '../finding.js';
import type { Stage } from '../stage.js';

export const identity: Stage = {
  name: 'identity',
  question: 'May this caller speak for the assistant, and does the tenant know the subject?',
  check({ assistant }, { caller, subject }) {
    if (assistant !== null && caller.assistants.length > 0 && !caller.assistants.includes(assistant))
      return deny('assistant_not_permitted', { assistant });
    // What the subject was at the time, for whoever asks later why; the answer to the agent does not hold it.
    return subject === null ? deny('unknown_subject') : passBecause({ roles: subject.roles });
  },
};
