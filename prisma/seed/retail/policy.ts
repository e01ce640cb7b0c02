/** The retailer's policy: who may do what, the written rules a call's arguments can show, and the allowances. */
import type { PolicyDocument } from '@reeve/policy';
import { brakes } from '../brakes.js';
import { allow, ask, deny } from '../cells.js';
import { ownAccountOnly } from '../own-account.js';
import { day, minute } from '../windows.js';
import { tools } from './tools.js';

const catalogue = ['get_product_details', 'get_item_details', 'list_all_product_types'];
const identify = ['find_user_id_by_email', 'find_user_id_by_name_zip'];
const always = ['calculate', 'think', 'transfer_to_human_agents'];
const ownRecords = ['get_user_details', 'get_order_details'];
const addresses = ['modify_pending_order_address', 'modify_user_address'];
const pending = ['modify_pending_order_items', 'modify_pending_order_payment', 'cancel_pending_order'];
const delivered = ['return_delivered_order_items', 'exchange_delivered_order_items'];

/** A sub-agent may look things up; what touches an order is the main agent's, where the customer can see it. */
const notSubAgent = 'context.channel != "sub_agent"';

export const retailPolicy: PolicyDocument = {
  resourceTypes: {},
  tools,
  roles: {
    guest: {
      title: 'Guest',
      description: 'A visitor who has not been identified: the catalogue, and the way to say who they are.',
      inherits: [],
    },
    customer: {
      title: 'Customer',
      description: 'Identified by e-mail, or by name and postal code.',
      inherits: ['guest'],
    },
    support_agent: {
      title: 'Support agent',
      description: 'Staff who serve customers by telephone, with the assistant beside them.',
      inherits: ['guest'],
    },
    support_lead: { title: 'Support lead', description: 'Decides the hard cases.', inherits: ['guest'] },
    returns_desk: {
      title: 'Returns desk',
      description: 'Books in what comes back to the warehouse.',
      inherits: [],
    },
    billing: { title: 'Billing', description: 'Corrects how an order is paid.', inherits: [] },
    fraud_review: {
      title: 'Fraud review',
      description: 'Looks at everything, changes nothing.',
      inherits: [],
    },
    merchandising: {
      title: 'Merchandising',
      description: 'Background jobs over the catalogue.',
      inherits: [],
    },
  },
  cells: [
    ...allow('guest', [...catalogue, ...identify, ...always]),
    ...allow('customer', ownRecords),
    ...allow('customer', [...addresses, ...pending, ...delivered], notSubAgent),
    ...allow('support_agent', [...ownRecords, ...addresses, ...pending], notSubAgent),
    ...ask('support_agent', delivered),
    ...allow('support_lead', [...ownRecords, ...addresses, ...pending, ...delivered], notSubAgent),
    ...allow('returns_desk', ['get_order_details', ...catalogue]),
    ...allow('returns_desk', ['return_delivered_order_items'], 'args.item_ids.size() <= 10'),
    ...ask('returns_desk', ['exchange_delivered_order_items']),
    ...allow('billing', [...ownRecords, 'calculate']),
    ...allow('billing', ['modify_pending_order_payment'], notSubAgent),
    ...ask('billing', ['cancel_pending_order']),
    ...allow('fraud_review', [...ownRecords, ...identify]),
    ...deny('fraud_review', [...addresses, ...pending, ...delivered]),
    ...allow('merchandising', catalogue, 'context.channel == "background"'),
    ...deny('merchandising', [...ownRecords, ...identify]),
  ],
  guardrails: {
    cancel_reason: {
      kind: 'pre_tool',
      title: 'Two reasons to cancel, no others',
      tools: ['cancel_pending_order'],
      enabled: true,
      checks: [
        {
          name: 'cancel_reason',
          must: 'args.reason in ["no longer needed", "ordered by mistake"]',
          message:
            'An order is cancelled because it is "no longer needed" or was "ordered by mistake". Other reasons are not acceptable.',
        },
      ],
    },
    user_is_caller: ownAccountOnly('user_id', ['get_user_details', 'modify_user_address']),
  },
  quotas: {
    ...brakes('retail-support', 40),
    refunds_a_day: { per: 'tenant', tool: 'return_delivered_order_items', limit: 1000, windowSeconds: day },
    guest_lookups_a_minute: {
      per: 'role',
      holder: 'guest',
      tool: 'find_user_id_by_email',
      limit: 600,
      windowSeconds: minute,
    },
  },
  assistants: {
    'retail-support': {
      title: 'Retail support',
      description: 'Changes, cancels, returns and exchanges orders for customers in chat.',
      enabled: true,
      tools: Object.keys(tools),
    },
  },
};
