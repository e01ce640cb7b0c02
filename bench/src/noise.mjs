// The noisy tenant's process: makes one attack until it is told to stop, and says how it was answered. Told over IPC.
import { ATTACKS } from './attacks.mjs';

process.once('message', ({ attack, noise }) => {
  const stop = new AbortController();
  const answers = {};
  const heard = (answer) => {
    answers[answer] = (answers[answer] ?? 0) + 1;
  };
  // Whoever started it may be gone.
  process.once('disconnect', () => process.exit());
  process.once('message', () => {
    stop.abort();
    // What is still unanswered is nobody's concern.
    process.send(answers, () => process.exit());
  });
  ATTACKS[attack](noise, heard, stop.signal).catch((error) => {
    process.stderr.write(`${attack}: ${error.stack}\n`);
    process.exit(1);
  });
});
