/** The three demo tenants. */
import type { PolicyDocument } from '@reeve/policy';
import type { Domain } from '@reeve/replay';
import { airlinePolicy } from './airline/policy.js';
import type { AdminRole } from './facade.js';
import { retailPolicy } from './retail/policy.js';
import { telecomPolicy } from './telecom/policy.js';

export interface DemoTenant {
  readonly slug: Domain;
  readonly name: string;
  readonly environment: string;
  readonly assistant: string;
  readonly policy: PolicyDocument;
  readonly exampleSubject: { readonly type: string; readonly id: string };
  readonly members: { readonly [role in AdminRole]: string };
}

export const DEMO_TENANTS: readonly DemoTenant[] = [
  {
    slug: 'airline',
    name: 'Halcyon Air',
    environment: 'production',
    assistant: 'airline-support',
    policy: airlinePolicy,
    exampleSubject: { type: 'user', id: 'noah_muller_9847' },
    members: {
      owner: 'Ana Whitlock',
      policy_editor: 'Jonas Pike',
      operator: 'Rita Alvarez',
      approver: 'Samuel Oduya',
      auditor: 'Mei Tanaka',
      viewer: 'Lukas Brandt',
    },
  },
  {
    slug: 'retail',
    name: 'Marlow & Finch',
    environment: 'production',
    assistant: 'retail-support',
    policy: retailPolicy,
    exampleSubject: { type: 'user', id: 'noah_ito_3850' },
    members: {
      owner: 'Clara Finch',
      policy_editor: 'Devon Reyes',
      operator: 'Ida Sorensen',
      approver: 'Kwame Mensah',
      auditor: 'Yuki Mori',
      viewer: 'Paul Lindqvist',
    },
  },
  {
    slug: 'telecom',
    name: 'Northline Mobile',
    environment: 'production',
    assistant: 'telecom-support',
    policy: telecomPolicy,
    exampleSubject: { type: 'user', id: 'C1001' },
    members: {
      owner: 'Nora Lindgren',
      policy_editor: 'Felix Amado',
      operator: 'Tessa Grant',
      approver: 'Viktor Ilic',
      auditor: 'Salma Rahimi',
      viewer: 'Owen Hughes',
    },
  },
];
