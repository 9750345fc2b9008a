import { startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>

beforeAll(async () => {
  sample = await startSamplePhone()
})

afterAll(() => sample.close())

test('the panel says that the simulator has stopped until it is running again', async () => {
  const { phone, stop } = sample
  const notice = phone.page.getByText('模拟器已停止，等待它重新启动…')
  await phone.open('home')
  await phone.see('第 1 页')
  expect(await notice.isVisible()).toBe(false)
  const start = await stop()
  await notice.waitFor()
  await start()
  // The browser waits some seconds before it reconnects.
  await notice.waitFor({ state: 'hidden', timeout: 15_000 })
  expect(await phone.sees('第 1 页')).toBe(true)
})
