/** The operator's own tools: accounts, lines, bills. What charges a customer or cuts a line is dangerous. */
import { transfer_to_human_agents } from '../common-tools.js';
import { date, matching, takes, text } from '../schema.js';
import { toolbox } from '../tool.js';
import { phoneTools } from './phone-tools.js';

const { read, write, dangerous } = toolbox('subscriber-mcp', 'subscriber systems');

const customerId = matching('^C[0-9]+$', 'Customer, such as C1001');
const lineId = matching('^L[0-9]+$', 'Line, such as L1002');
const line = { customer_id: customerId, line_id: lineId };

export const tools = {
  transfer_to_human_agents,

  get_customer_by_phone: read(
    'Finds a customer by telephone number.',
    'Identifies the customer and changes nothing.',
    takes({ phone_number: text('Such as 555-123-2002', 32) }),
  ),
  get_customer_by_id: read(
    'Finds a customer by their number.',
    'Identifies the customer and changes nothing.',
    takes({ customer_id: text('Such as C1001', 64) }),
  ),
  get_customer_by_name: read(
    'Finds a customer by name and date of birth.',
    'Identifies the customer and changes nothing.',
    takes({ full_name: text('Full name'), dob: date('Date of birth') }),
  ),
  get_details_by_id: read(
    'A customer, line, device, bill or plan.',
    'Looks up and changes nothing.',
    takes({ id: matching('^[CLDBP][0-9]+$', 'Such as L1002') }),
  ),
  get_bills_for_customer: read(
    "A customer's bills, the newest first.",
    'Looks up and changes nothing; personal data, so only for the customer it is about.',
    takes({
      customer_id: customerId,
      'limit?': { type: 'integer', minimum: 1, description: 'At most this many' },
    }),
  ),
  get_data_usage: read('Data used on a line in this cycle.', 'Looks up and changes nothing.', takes(line)),

  enable_roaming: write(
    'Turns on roaming for a line.',
    'Free of charge and turned off as easily.',
    takes(line),
    { reversible: true },
  ),
  disable_roaming: write('Turns off roaming for a line.', 'Turned on as easily.', takes(line), {
    reversible: true,
  }),
  resume_line: write(
    'Lifts the suspension of a line.',
    'Gives service back; the line can be suspended again.',
    takes(line),
    { reversible: true },
  ),
  suspend_line: dangerous(
    'Suspends a line.',
    'Cuts a customer off, emergency calls aside.',
    takes({ ...line, reason: text('Why', 2000) }),
    { reversible: true },
  ),
  send_payment_request: dangerous(
    'Asks a customer to pay a bill.',
    'A payment: the bill is due at once, and only one can be open.',
    takes({ customer_id: customerId, bill_id: matching('^B[0-9]+$', 'Bill, such as B1002') }),
  ),
  refuel_data: dangerous(
    'Adds data to a line against a charge.',
    'A payment: the price of each GB goes on the next bill.',
    takes({ ...line, gb_amount: { type: 'number', description: 'GB to add' } }),
  ),

  ...phoneTools,
};
