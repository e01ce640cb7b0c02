/** What an agent's key may send a second: two numbers, either left out where there is no limit. */
import { useState } from 'react';
import { TextField } from '../../shared/ui/field.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import { useLimitKey, type ApiKey } from './api-keys.queries.js';

interface Props {
  readonly tenant: string;
  readonly of: ApiKey;
  readonly onClose: () => void;
}

export function LimitKeyDialog({ tenant, of, onClose }: Props) {
  const limit = useLimitKey();
  const [requests, setRequests] = useState(textOf(of.requestsPerSecond));
  const [questions, setQuestions] = useState(textOf(of.questionsPerSecond));
  return (
    <ReasonDialog
      onClose={onClose}
      title={`Limit ${of.name}`}
      description="What is more is answered 429 and decided by nobody: the agent waits, or takes it for a no. Each API process counts for itself."
      chips={['An agent that loops', 'A share for each agent', 'Limit not needed any more']}
      confirmLabel="Set limits"
      fields={['requestsPerSecond', 'questionsPerSecond']}
      onConfirm={async (reason) => {
        await limit.mutateAsync({
          tenant,
          id: of.id,
          requestsPerSecond: numberOf(requests),
          questionsPerSecond: numberOf(questions),
          expectedVersion: of.version,
          reason,
        });
        notify({ title: `${of.name} has its limits` });
      }}
    >
      {(errorAt) => (
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="Requests a second"
            hint="Empty: as many as there are."
            error={errorAt('requestsPerSecond')}
            type="number"
            min={1}
            value={requests}
            onChange={(event) => setRequests(event.target.value)}
          />
          <TextField
            label="Questions a second"
            hint="A batch counts as many as it holds."
            error={errorAt('questionsPerSecond')}
            type="number"
            min={1}
            value={questions}
            onChange={(event) => setQuestions(event.target.value)}
          />
        </div>
      )}
    </ReasonDialog>
  );
}

const textOf = (limit: number | null | undefined): string => (limit == null ? '' : String(limit));
const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));
