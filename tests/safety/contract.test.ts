import { describeCloudPorts } from './contract/cloud-ports'
import { openMemorySubject } from './contract/memory-subject'
import { openRealSubject } from './contract/real-subject'
import type { Subject } from './contract/subject'
import { describeWeChatPayPort } from './contract/wechat-pay-port'

/*
 * The safety tests run on memory ports. Their results apply to production only if the memory ports
 * behave like the real ones, so both are tested against the same contract.
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
