/**
 * Allowances that stop a loop, the same for every tenant.
 *
 * How they were chosen. A conversation of the recording makes 16 writes at most, and a customer holds few at a time. But
 * a replay puts every recorded conversation into a few seconds, and the benchmark lets one customer have up to ninety of
 * them, each in a world of its own: an allowance the size of a real customer's needs would deny calls that were right.
 * So what is counted per customer is a brake, several times what the busiest recorded customer spends in a whole replay
 * (43 calls that move money, in one minute); what belongs to the business is counted per tenant and day.
 */
import type { PolicyDocument } from '@reeve/policy';
import { hour, minute } from './windows.js';

export const brakes = (assistant: string, transfersPerHour: number): PolicyDocument['quotas'] => ({
  customer_money_a_minute: { per: 'user', toolClass: 'dangerous', limit: 300, windowSeconds: minute },
  customer_transfers_an_hour: {
    per: 'user',
    tool: 'transfer_to_human_agents',
    limit: transfersPerHour,
    windowSeconds: hour,
  },
  assistant_money_a_minute: {
    per: 'assistant',
    holder: assistant,
    toolClass: 'dangerous',
    limit: 3000,
    windowSeconds: minute,
  },
});
