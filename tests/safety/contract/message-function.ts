/** A fake pay-message: the order's body is WeChat's reply. */
export async function main({ body }: { body: string }): Promise<{ outcome: string }> {
  if (body === 'breaks') throw new Error('pay-message broke')
  return { outcome: body }
}
