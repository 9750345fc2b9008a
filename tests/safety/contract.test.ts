import { describeCloudPorts } from './contract/cloud-ports'
import { openMemorySubject } from './contract/memory-subject'
import { openRealSubject } from './contract/real-subject'
import type { Subject } from './contract/subject'
import { describeWeChatPayPort } from './contract/wechat-pay-port'

/*
 * The safety tests run on ports in memory. Were those kinder than production, they would prove
 * nothing: so both must keep one contract.
 */
describe.each([
  ['in memory', openMemorySubject],
  ['with the real SDKs over sockets', openRealSubject],
])('the ports %s', (_, open) => {
  let subject: Subject
  beforeAll(async () => {
    subject = await open()
  }, 30_000)
  afterAll(() => subject.close())

  describeCloudPorts(() => subject)
  describeWeChatPayPort(() => subject)
})
