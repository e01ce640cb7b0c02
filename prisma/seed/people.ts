/** Who is bound to which roles in a demo tenant: the recorded customers, some staff, and nobody in particular. */
import { ANONYMOUS, customersOf, type Domain, type RecordedRun } from '@reeve/replay';

export interface SeedSubject {
  readonly type: string;
  readonly id: string;
  readonly roles: readonly string[];
  /** Tools granted or denied to this one beyond the roles. */
  readonly grants?: { readonly [tool: string]: 'allow' | 'deny' };
}

const STAFF: { readonly [domain in Domain]: readonly SeedSubject[] } = {
  airline: [
    { type: 'staff', id: 'dana.whitfield', roles: ['support_lead'] },
    { type: 'staff', id: 'marco.ruiz', roles: ['support_agent'] },
    // Still learning: may do what support agents do, but not this yet.
    { type: 'staff', id: 'priya.nair', roles: ['support_agent'], grants: { cancel_reservation: 'deny' } },
    { type: 'staff', id: 'helen.osei', roles: ['revenue_accounting'] },
    { type: 'service', id: 'rebooking-job', roles: ['disruption_desk'] },
  ],
  retail: [
    { type: 'staff', id: 'tom.becker', roles: ['support_lead'] },
    { type: 'staff', id: 'aisha.diallo', roles: ['support_agent'] },
    { type: 'staff', id: 'lin.chow', roles: ['returns_desk'] },
    { type: 'staff', id: 'peter.novak', roles: ['billing'] },
    { type: 'staff', id: 'rosa.marin', roles: ['fraud_review'] },
    { type: 'service', id: 'catalogue-sync', roles: ['merchandising'] },
  ],
  telecom: [
    { type: 'staff', id: 'grace.lund', roles: ['support_lead'] },
    { type: 'staff', id: 'omar.haddad', roles: ['support_agent'] },
    { type: 'staff', id: 'ines.costa', roles: ['billing'] },
    {
      type: 'staff',
      id: 'jon.birk',
      roles: ['field_technician'],
      grants: { get_bills_for_customer: 'deny' },
    },
    { type: 'service', id: 'line-audit', roles: ['network_operations'] },
    { type: 'user', id: 'C1001-family-1', roles: ['line_user'] },
  ],
};

export const subjectsOf = (domain: Domain, recording: readonly RecordedRun[]): SeedSubject[] => [
  ...customersOf(domain, recording),
  ...STAFF[domain],
  { ...ANONYMOUS, roles: ['guest'] },
];
