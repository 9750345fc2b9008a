import { HOUR, ORDER } from '../support'
import { ACCOUNT, setUpPaid } from './merchant'

const { out_trade_no } = ORDER

test('the log has the verdict of each notification, without the key', async () => {
  const { log, pass } = setUpPaid()
  await pass(0)
  expect(log).toEqual([
    { at: expect.any(Number), endpoint: 'notify payment', out_trade_no, verdict: 'SUCCESS' },
  ])
  expect(JSON.stringify(log)).not.toContain(ACCOUNT.key)
})

test('the log says when a notification is given up', async () => {
  const { log, merchant, pass } = setUpPaid()
  merchant.status = 500
  for (let times = 0; times < 20; times++) await pass(6 * HOUR)
  expect(log).toHaveLength(16)
  expect(log.at(-1)!.reason).toBe('HTTP 500; given up')
})
