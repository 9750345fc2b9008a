import type { CallNotice } from '../frame/call-notices'
import type { CallReply } from '../server/calls'
import { OfflineError } from './network'

/** The server did not accept a request; the message is its own. */
export class RefusedRequest extends Error {}

/** CloudBase's error codes, as the phone receives them (云开发 → 错误码). */
const FUNCTION_FAILED = -504002
const FUNCTION_TIMED_OUT = -504003
const PERMISSION_DENIED = -502003

/** What the error codes of Node and of wx-server-sdk say about a connection of a function. */
const TIMED_OUT = /TIMEDOUT|TIMEOUT/
const NOT_CONNECTED = /^(E(CONN|PIPE|NOTFOUND|AI_AGAIN|HOST|NET).*|-501001)$/

/** Returns what to tell the developer about a call that got no reply. */
export function noticeOfUnsent(error: unknown): CallNotice {
  if (error instanceof OfflineError) {
    return { title: '手机没有网络', detail: '“网络”设成了断网，请求没有发出。' }
  }
  const detail = String(error)
  if (error instanceof RefusedRequest) return { title: '模拟器没有受理请求', detail }
  return {
    title: '连不上模拟器',
    detail: `请求可能已经到了，也可能没有。npm start 还在运行吗？\n${detail}`,
  }
}

/** Returns what to tell the developer about a call that got a reply: nothing if nothing went wrong. */
export function noticesOf(reply: CallReply<unknown>): CallNotice[] {
  const { errors } = reply
  if (!('failure' in reply)) {
    return errors.map(({ function: name, code, text }) => ({
      title: `云函数 ${name} ${kindOf(code)}，它自己处理了`,
      detail: text,
    }))
  }
  const { errCode, errMsg } = reply.failure
  const detail = [errMsg, ...errors.map(({ text }) => text)].join('\n')
  return [{ title: titleOf(errCode), detail }]
}

function kindOf(code: string): string {
  if (TIMED_OUT.test(code)) return '等得太久'
  return NOT_CONNECTED.test(code) ? '的网络断了' : '里有异常'
}

function titleOf(errCode: number): string {
  if (errCode === FUNCTION_FAILED) return '云函数崩溃了'
  if (errCode === FUNCTION_TIMED_OUT) return '云函数超时了'
  if (errCode === PERMISSION_DENIED) return '数据库权限不允许'
  return '云开发返回了错误'
}
