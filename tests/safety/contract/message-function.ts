/** Stands in for pay-message: the order's body says what WeChat answers. */
export async function main({ body }: { body: string }): Promise<{ outcome: string }> {
  if (body === 'breaks') throw new Error('pay-message broke')
  return { outcome: body }
}
