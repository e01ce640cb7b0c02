/** The list of first steps, fetched for a tenant that has some left: most have none, and their overview is lighter for it. */
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { firstStepsQuery } from './first-steps.queries.js';

const FirstStepsList = lazy(() =>
  import('./first-steps-list.js').then((module) => ({ default: module.FirstStepsList })),
);

export function FirstSteps({ tenant }: { readonly tenant: string }) {
  const { data } = useQuery(firstStepsQuery(tenant));
  if (data === undefined || Object.values(data).every(Boolean)) return null;
  return (
    <Suspense>
      <FirstStepsList tenant={tenant} of={data} />
    </Suspense>
  );
}
