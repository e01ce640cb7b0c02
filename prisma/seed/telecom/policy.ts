/** The operator's policy: who may do what, the written rules a call's arguments can show, and the allowances. */
import type { PolicyDocument } from '@reeve/policy';
import { brakes } from '../brakes.js';
import { allow, ask, deny } from '../cells.js';
import { ownAccountOnly } from '../own-account.js';
import { day, hour, minute } from '../windows.js';
import { phoneTools } from './phone-tools.js';
import { tools } from './tools.js';

const identify = ['get_customer_by_phone', 'get_customer_by_id', 'get_customer_by_name'];
const ownRecords = ['get_details_by_id', 'get_bills_for_customer', 'get_data_usage'];
const roaming = ['enable_roaming', 'disable_roaming'];
const payments = ['send_payment_request', 'refuel_data', 'make_payment'];
const phoneLooks = named((tool) => tool.class === 'read');
const phoneChanges = named((tool) => tool.class === 'write');

/** A sub-agent may look things up; what touches a line or a bill is the main agent's, where the customer can see it. */
const notSubAgent = 'context.channel != "sub_agent"';

export const telecomPolicy: PolicyDocument = {
  resourceTypes: {},
  tools,
  roles: {
    guest: { title: 'Guest', description: 'Somebody who has not been identified.', inherits: [] },
    customer: { title: 'Customer', description: 'The holder of an account.', inherits: ['guest'] },
    line_user: {
      title: 'Line user',
      description: 'Uses a line of somebody else: help with the phone only.',
      inherits: ['guest'],
    },
    support_agent: {
      title: 'Support agent',
      description: 'Staff who serve customers by telephone, with the assistant beside them.',
      inherits: ['guest'],
    },
    support_lead: { title: 'Support lead', description: 'Decides the hard cases.', inherits: ['guest'] },
    billing: { title: 'Billing', description: 'Collects what is overdue.', inherits: [] },
    field_technician: {
      title: 'Field technician',
      description: 'Works on phones and lines, not on bills.',
      inherits: [],
    },
    network_operations: {
      title: 'Network operations',
      description: 'Background jobs over lines.',
      inherits: [],
    },
  },
  cells: [
    ...allow('guest', [...identify, 'transfer_to_human_agents']),
    ...allow('customer', [...ownRecords, ...phoneLooks, ...phoneChanges]),
    ...allow('customer', [...roaming, 'resume_line', ...payments], notSubAgent),
    ...ask('customer', ['suspend_line']),
    ...allow('line_user', [...phoneLooks, ...phoneChanges]),
    ...deny('line_user', payments),
    ...allow(
      'support_agent',
      [...ownRecords, ...phoneLooks, ...roaming, 'send_payment_request', 'refuel_data'],
      notSubAgent,
    ),
    ...ask('support_agent', ['resume_line', 'suspend_line']),
    ...allow(
      'support_lead',
      [...ownRecords, ...phoneLooks, ...phoneChanges, ...roaming, 'resume_line'],
      notSubAgent,
    ),
    ...allow('support_lead', ['suspend_line', 'send_payment_request', 'refuel_data'], notSubAgent),
    ...allow('billing', [...identify, 'get_details_by_id', 'get_bills_for_customer', 'send_payment_request']),
    ...ask('billing', ['suspend_line']),
    ...allow('field_technician', ['get_details_by_id', 'get_data_usage', ...phoneLooks, ...phoneChanges]),
    ...deny('field_technician', payments),
    ...allow(
      'network_operations',
      ['get_details_by_id', 'get_data_usage'],
      'context.channel == "background"',
    ),
    ...ask('network_operations', ['suspend_line', 'resume_line']),
    ...deny('network_operations', payments),
  ],
  guardrails: {
    refuel_le_2gb: {
      kind: 'pre_tool',
      title: 'At most 2 GB are added at a time',
      tools: ['refuel_data'],
      enabled: true,
      checks: [
        {
          name: 'refuel_le_2gb',
          must: 'args.gb_amount > 0 && args.gb_amount <= 2',
          message: 'A line is refuelled with more than 0 and at most 2 GB.',
        },
      ],
    },
    user_is_caller: ownAccountOnly('customer_id', [
      'get_bills_for_customer',
      'get_data_usage',
      ...roaming,
      'resume_line',
      'suspend_line',
      'send_payment_request',
      'refuel_data',
    ]),
  },
  quotas: {
    // One customer has all the recorded conversations.
    ...brakes('telecom-support', 400),
    suspensions_a_day: { per: 'tenant', tool: 'suspend_line', limit: 200, windowSeconds: day },
    refuels_an_hour: { per: 'tenant', tool: 'refuel_data', limit: 1000, windowSeconds: hour },
    network_operations_a_minute: {
      per: 'role',
      holder: 'network_operations',
      tool: 'resume_line',
      limit: 30,
      windowSeconds: minute,
    },
  },
  assistants: {
    'telecom-support': {
      title: 'Telecom support',
      description: "Accounts, lines and bills in chat, and the customer's phone by remote care.",
      enabled: true,
      tools: Object.keys(tools),
    },
  },
};

function named(which: (tool: (typeof phoneTools)[keyof typeof phoneTools]) => boolean): string[] {
  return Object.entries(phoneTools)
    .filter(([, tool]) => which(tool))
    .map(([name]) => name);
}
