import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())

/** Records the paths that the browser requests from now on. */
function watchRequests(): string[] {
  const requested: string[] = []
  phone.page.on('request', (request) => requested.push(new URL(request.url()).pathname))
  return requested
}

test('a lazy image loads only when its page is scrolled near it', async () => {
  await phone.open('pictures')
  await phone.see('往下')
  const requested = watchRequests()
  await phone.page.waitForTimeout(300)
  expect(requested).toEqual([])
  await phone.tap('往下')
  await phone.see('lazy 60×40')
  expect(requested).toEqual(['/package/images/dot.svg'])
})

test('a stored picture that does not exist triggers an error event', async () => {
  await phone.open('pictures')
  await phone.tap('显示云图片')
  expect(await phone.sees('GET cloud://env.bucket/dot.svg failed')).toBe(true)
})
