import { type SamplePhone, startSamplePhone } from '../support/sample-phone'

let sample: Awaited<ReturnType<typeof startSamplePhone>>
let phone: SamplePhone

beforeAll(async () => {
  sample = await startSamplePhone()
  phone = sample.phone
})

afterAll(() => sample.close())

/** The pictures of the package that the browser asked for since. */
function watchRequests(): string[] {
  const asked: string[] = []
  phone.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  return asked
}

test('a lazy image loads only when its page is scrolled near it', async () => {
  await phone.open('pictures')
  await phone.see('往下')
  const asked = watchRequests()
  await phone.page.waitForTimeout(300)
  expect(asked).toEqual([])
  await phone.tap('往下')
  await phone.see('lazy 60×40')
  expect(asked).toEqual(['/package/images/dot.svg'])
})

test('a stored picture that there is not tells its error', async () => {
  await phone.open('pictures')
  await phone.tap('显示云图片')
  expect(await phone.sees('GET cloud://env.bucket/dot.svg failed')).toBe(true)
})
