// Promises: each step of a script is a line that says what goes on, and in the end how long it took.
//
// On a terminal the line counts seconds in place; in a log each step is one line when it begins and one when it ends.
const live = process.stdout.isTTY && !process.env.CI;
const dim = (text) => (live ? `\u001b[2m${text}\u001b[22m` : text);

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Runs `work(note)`; `note` replaces the text beside the step while it runs. */
export async function step(title, work) {
  const started = Date.now();
  let beside = '';
  const line = (mark, more = beside) =>
    `${mark} ${title} ${dim(`${more ? `${more} ` : ''}${seconds(Date.now() - started)}`)}`;
  const draw = () =>
    process.stdout.write(`\r\u001b[2K${line('·')}`.slice(0, (process.stdout.columns ?? 100) + 20));
  const timer = live ? setInterval(draw, 100) : undefined;
  if (live) draw();
  else process.stdout.write(`· ${title}\n`);
  const end = (mark, more) => {
    clearInterval(timer);
    process.stdout.write(`${live ? '\r\u001b[2K' : ''}${line(mark, more)}\n`);
  };
  try {
    const result = await work((text) => (beside = text));
    end('✓', typeof result === 'string' ? result : '');
    return result;
  } catch (error) {
    end('✗', '');
    throw error;
  }
}
