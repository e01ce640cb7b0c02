/** The airline's policy: who may do what, the written rules a call's arguments can show, and the allowances. */
import type { PolicyDocument } from '@reeve/policy';
import { brakes } from '../brakes.js';
import { allow, ask, deny } from '../cells.js';
import { ownAccountOnly } from '../own-account.js';
import { day, minute } from '../windows.js';
import { tools } from './tools.js';

const publicInformation = [
  'get_flight_status',
  'list_all_airports',
  'search_direct_flight',
  'search_onestop_flight',
];
const always = ['calculate', 'think', 'transfer_to_human_agents'];
const ownRecords = ['get_user_details', 'get_reservation_details'];
const changes = [
  'update_reservation_flights',
  'update_reservation_baggages',
  'update_reservation_passengers',
];
const money = ['book_reservation', 'cancel_reservation', 'send_certificate'];

/** A sub-agent may look things up; what touches a reservation is the main agent's, where the customer can see it. */
const notSubAgent = 'context.channel != "sub_agent"';

export const airlinePolicy: PolicyDocument = {
  resourceTypes: {},
  tools,
  roles: {
    guest: { title: 'Guest', description: 'A visitor who has not signed in.', inherits: [] },
    customer: { title: 'Customer', description: 'A signed-in customer.', inherits: ['guest'] },
    member_silver: { title: 'Silver member', description: 'Frequent flyer, silver.', inherits: ['customer'] },
    member_gold: { title: 'Gold member', description: 'Frequent flyer, gold.', inherits: ['customer'] },
    support_agent: {
      title: 'Support agent',
      description: 'Staff who serve customers by telephone, with the assistant beside them.',
      inherits: ['guest'],
    },
    support_lead: {
      title: 'Support lead',
      description: 'Decides the hard cases.',
      inherits: ['support_agent'],
    },
    disruption_desk: {
      title: 'Disruption desk',
      description: 'Rebooks passengers of cancelled flights by a background job.',
      inherits: ['guest'],
    },
    revenue_accounting: {
      title: 'Revenue accounting',
      description: 'Looks at payments, changes none.',
      inherits: [],
    },
  },
  cells: [
    ...allow('guest', [...publicInformation, ...always]),
    ...allow('customer', ownRecords),
    ...allow('customer', [...changes, ...money], notSubAgent),
    ...allow('support_agent', [...ownRecords, ...changes, 'cancel_reservation'], notSubAgent),
    ...ask('support_agent', ['book_reservation', 'send_certificate']),
    // Up to 200 USD a lead decides alone; above it the agents' rule holds for the lead too.
    ...allow('support_lead', ['book_reservation'], notSubAgent),
    ...allow('support_lead', ['send_certificate'], 'args.amount <= 200'),
    ...allow(
      'disruption_desk',
      [...ownRecords, 'update_reservation_flights'],
      'context.channel == "background"',
    ),
    ...deny('disruption_desk', ['send_certificate', 'update_reservation_passengers']),
    ...allow('revenue_accounting', [...ownRecords, 'calculate']),
    ...deny('revenue_accounting', [...changes, ...money]),
  ],
  guardrails: {
    passengers_le_5: {
      kind: 'pre_tool',
      title: 'At most five passengers a booking',
      tools: ['book_reservation'],
      enabled: true,
      checks: [
        {
          name: 'passengers_le_5',
          must: 'args.passengers.size() <= 5',
          message: 'A reservation has at most five passengers. Book the others separately.',
        },
      ],
    },
    payment_mix: {
      kind: 'pre_tool',
      title: 'One certificate, one credit card, three gift cards',
      tools: ['book_reservation'],
      enabled: true,
      checks: [
        {
          name: 'one_certificate',
          must: 'args.payment_methods.filter(p, p.payment_id.startsWith("certificate")).size() <= 1',
          message: 'A booking takes at most one travel certificate.',
        },
        {
          name: 'one_credit_card',
          must: 'args.payment_methods.filter(p, p.payment_id.startsWith("credit_card")).size() <= 1',
          message: 'A booking takes at most one credit card.',
        },
        {
          name: 'three_gift_cards',
          must: 'args.payment_methods.filter(p, p.payment_id.startsWith("gift_card")).size() <= 3',
          message: 'A booking takes at most three gift cards.',
        },
      ],
    },
    not_certificate: {
      kind: 'pre_tool',
      title: 'Flight changes are never paid with a certificate',
      tools: ['update_reservation_flights'],
      enabled: true,
      checks: [
        {
          name: 'not_certificate',
          must: '!args.payment_id.startsWith("certificate")',
          message:
            'A change of flights is paid or refunded with one gift card or credit card, not with a certificate.',
        },
      ],
    },
    bag_fee_right: {
      kind: 'pre_tool',
      title: 'Paid bags fit the allowance',
      tools: ['book_reservation', 'update_reservation_baggages'],
      enabled: true,
      checks: [
        {
          name: 'paid_bags_le_bags',
          must: 'args.nonfree_baggages <= args.total_baggages',
          message: 'More bags are paid for than are checked.',
        },
        {
          // Gold members have the largest allowance: two free bags in basic economy, three in economy, four in business.
          name: 'free_bags_le_largest_allowance',
          must:
            '!has(args.passengers) || args.total_baggages - args.nonfree_baggages <= args.passengers.size() * ' +
            '(args.cabin == "basic_economy" ? 2 : args.cabin == "economy" ? 3 : 4)',
          message: 'No membership has that many free bags in this cabin.',
        },
      ],
    },
    compensation_amount: {
      kind: 'pre_tool',
      title: 'Certificates are 50 or 100 USD a passenger',
      tools: ['send_certificate'],
      enabled: true,
      checks: [
        {
          name: 'multiple_of_50',
          must: 'args.amount > 0 && args.amount % 50 == 0',
          message: 'Compensation is 100 USD a passenger for a cancelled flight, 50 for a delayed one.',
        },
        {
          name: 'five_passengers_at_most',
          must: 'args.amount <= 500',
          message: 'A reservation has at most five passengers, so a certificate is at most 500 USD.',
        },
      ],
    },
    user_is_caller: ownAccountOnly('user_id', ['get_user_details', 'book_reservation', 'send_certificate']),
  },
  quotas: {
    ...brakes('airline-support', 40),
    certificates_a_day: { per: 'tenant', tool: 'send_certificate', limit: 500, windowSeconds: day },
    guest_searches_a_minute: {
      per: 'role',
      holder: 'guest',
      tool: 'search_direct_flight',
      limit: 6000,
      windowSeconds: minute,
    },
  },
  assistants: {
    'airline-support': {
      title: 'Airline support',
      description: 'Books, changes and cancels for customers in chat.',
      enabled: true,
      tools: Object.keys(tools),
    },
  },
};
