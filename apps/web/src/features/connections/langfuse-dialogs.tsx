/** A Langfuse project: connected with its keys, paused, read back into the past, let go. */
import { useState } from 'react';
import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/field.js';
import { GuideLink } from '../../shared/ui/guide-link.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { Status } from '../../shared/ui/status.js';
import { notify } from '../../shared/ui/toast.js';
import {
  useBackfill,
  useCancelBackfill,
  useConnect,
  useDisconnect,
  usePause,
  usePauseBackfill,
  useResume,
  useResumeBackfill,
  useTest,
  type Backfill,
  type Langfuse,
} from './connections.queries.js';

interface DialogProps {
  readonly tenant: string;
  readonly onClose: () => void;
  /** What is shown is read again. */
  readonly onDone: () => void;
}
interface OfOne extends DialogProps {
  readonly of: Langfuse;
}

export function ConnectDialog({ tenant, onClose, onDone }: DialogProps) {
  const connect = useConnect();
  const [baseUrl, setBaseUrl] = useState('https://cloud.langfuse.com');
  const [publicKey, setPublicKey] = useState('');
  const [secretKey, setSecretKey] = useState('');
  const given = {
    tenant,
    baseUrl: baseUrl.trim(),
    publicKey: publicKey.trim(),
    secretKey: secretKey.trim(),
  };
  const complete = given.baseUrl !== '' && given.publicKey !== '' && given.secretKey !== '';
  return (
    <ReasonDialog
      onClose={onClose}
      title="Connect a Langfuse project"
      description="Its observations and scores are read once a minute from now on. Prompts and answers are not asked for."
      chips={['Agents trace there already', 'For evaluations']}
      confirmLabel="Connect"
      complete={complete}
      fields={['baseUrl', 'publicKey', 'secretKey']}
      onConfirm={async (reason) => {
        await connect.mutateAsync({ ...given, reason });
        onDone();
        notify({ title: 'Langfuse is connected' });
      }}
    >
      {(errorAt) => (
        <>
          <TextField
            data-first
            label="Address"
            value={baseUrl}
            error={errorAt('baseUrl')}
            spellCheck={false}
            onChange={(event) => setBaseUrl(event.target.value)}
          />
          <TextField
            label="Public key"
            placeholder="pk-lf-…"
            value={publicKey}
            error={errorAt('publicKey')}
            spellCheck={false}
            onChange={(event) => setPublicKey(event.target.value)}
          />
          <TextField
            label="Secret key"
            hint="Kept encrypted; only its last four characters are shown again."
            type="password"
            autoComplete="off"
            placeholder="sk-lf-…"
            value={secretKey}
            error={errorAt('secretKey')}
            onChange={(event) => setSecretKey(event.target.value)}
          />
          <Tried key={JSON.stringify(given)} given={given} complete={complete} />
        </>
      )}
    </ReasonDialog>
  );
}

/** What the server says to what is typed, and to nothing else: other words are another try. */
function Tried({
  given,
  complete,
}: {
  readonly given: {
    readonly tenant: string;
    readonly baseUrl: string;
    readonly publicKey: string;
    readonly secretKey: string;
  };
  readonly complete: boolean;
}) {
  const test = useTest();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button disabled={!complete} pending={test.isPending} onClick={() => test.mutate(given)}>
        Test
      </Button>
      <output className="text-13">
        {test.error && <Status tone="crit">{test.error.message}</Status>}
        {test.data && (
          <Status tone={test.data.trouble == null ? 'ok' : 'crit'}>
            {test.data.message}
            {test.data.projectName != null && ` · ${test.data.projectName}`}
          </Status>
        )}
        {!test.data && !test.error && <GuideLink to="connect-langfuse" />}
      </output>
    </div>
  );
}

export function PauseDialog({ tenant, of, onClose, onDone }: OfOne) {
  const pause = usePause();
  const resume = useResume();
  const paused = of.state !== 'active';
  const act = paused ? resume : pause;
  return (
    <ReasonDialog
      onClose={onClose}
      title={paused ? 'Resume reading' : 'Pause reading'}
      description={
        paused
          ? 'It goes on where it was; nothing in between is left out.'
          : 'Nothing is asked until it is resumed. What was read stays.'
      }
      chips={paused ? ['The key is good again'] : ['The server is being moved']}
      confirmLabel={paused ? 'Resume' : 'Pause'}
      onConfirm={async (reason) => {
        await act.mutateAsync({ tenant, id: of.id, expectedVersion: of.version, reason });
        onDone();
      }}
    />
  );
}

export function DisconnectDialog({ tenant, of, onClose, onDone }: OfOne) {
  const disconnect = useDisconnect();
  return (
    <ReasonDialog
      danger
      onClose={onClose}
      title={`Disconnect ${of.projectName ?? of.baseUrl}`}
      description="Its keys are forgotten. What was read of it stays."
      chips={['Not in use any more', 'Another project instead']}
      confirmLabel="Disconnect"
      onConfirm={async (reason) => {
        await disconnect.mutateAsync({ tenant, id: of.id, expectedVersion: of.version, reason });
        onDone();
        notify({ title: 'Langfuse is disconnected' });
      }}
    />
  );
}

const DAY_MS = 86_400_000;

export function BackfillDialog({ tenant, of, onClose, onDone }: OfOne) {
  const backfill = useBackfill();
  const [days, setDays] = useState('7');
  const wanted = Number(days);
  const complete = Number.isInteger(wanted) && wanted >= 1 && wanted <= 400;
  return (
    <ReasonDialog
      onClose={onClose}
      title="Read the past"
      description="The newest first, page by page; it goes on where it was after a restart. What the tenant no longer keeps is not taken."
      chips={['For the first figures', 'After an outage']}
      confirmLabel="Read"
      complete={complete}
      fields={['from']}
      onConfirm={async (reason) => {
        const from = new Date(Date.now() - wanted * DAY_MS).toISOString();
        await backfill.mutateAsync({ tenant, connectionId: of.id, from, reason });
        onDone();
      }}
    >
      {(errorAt) => (
        <TextField
          data-first
          label="Days back from now"
          inputMode="numeric"
          value={days}
          error={complete || days === '' ? errorAt('from') : 'A whole number of days, 400 at most.'}
          onChange={(event) => setDays(event.target.value)}
        />
      )}
    </ReasonDialog>
  );
}

export function HoldDialog({ tenant, of, onClose, onDone }: DialogProps & { readonly of: Backfill }) {
  const pause = usePauseBackfill();
  const resume = useResumeBackfill();
  const running = of.state === 'running';
  const act = running ? pause : resume;
  return (
    <ReasonDialog
      onClose={onClose}
      title={running ? 'Pause reading the past' : 'Go on reading the past'}
      description="It goes on at the page where it was."
      chips={running ? ['The server is busy'] : ['The server is idle again']}
      confirmLabel={running ? 'Pause' : 'Go on'}
      onConfirm={async (reason) => {
        await act.mutateAsync({ tenant, id: of.id, reason });
        onDone();
      }}
    />
  );
}

export function CancelDialog({ tenant, of, onClose, onDone }: DialogProps & { readonly of: Backfill }) {
  const cancel = useCancelBackfill();
  return (
    <ReasonDialog
      danger
      onClose={onClose}
      title="Stop reading the past"
      description="What was read of it stays."
      chips={['It is enough', 'It takes too long']}
      confirmLabel="Stop reading"
      onConfirm={async (reason) => {
        await cancel.mutateAsync({ tenant, id: of.id, reason });
        onDone();
      }}
    />
  );
}
