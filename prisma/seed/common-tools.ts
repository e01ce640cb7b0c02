/** What every tenant's assistant has: a pocket calculator, a note pad and the way to a person. */
import { takes, text } from './schema.js';
import { toolbox } from './tool.js';

const { read } = toolbox('agent-runtime', 'platform team');

export const calculate = read(
  'Evaluates an arithmetic expression.',
  'Computes a number and touches nothing.',
  takes({ expression: text('Such as (350 - 122) * 2', 2000) }),
);

export const think = read(
  'Writes a thought into the run.',
  'A note to itself: nothing outside the run changes.',
  takes({ thought: text('The thought', 20_000) }),
);

export const transfer_to_human_agents = read(
  'Hands the conversation over to a person.',
  'Always open: an agent must be able to give up. It changes no record of the customer.',
  takes({ summary: text("What the customer wants, in the agent's words", 20_000) }),
);
