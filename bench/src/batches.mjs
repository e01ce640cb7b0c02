// Batches that API processes have committed, by how they were decided: from their /metrics.

/** @param {string[]} origins @returns {Promise<{ ahead: number, under_lock: number }>} together */
export async function batchesOf(origins, token) {
  const sum = { ahead: 0, under_lock: 0 };
  for (const origin of origins) {
    const answer = await fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${origin}/metrics answered ${answer.status}`);
    for (const [, decided, count] of (await answer.text()).matchAll(COUNT)) sum[decided] += Number(count);
  }
  return sum;
}

const COUNT = /^reeve_batch_questions_count\{decided="(ahead|under_lock)"\} (\S+)$/gm;
