/** Why nothing is deployed, and what to do. */
export class Refusal extends Error {}

/**
 * The environment to deploy to.
 * @throws Refusal
 */
export function readEnvironmentId(env: NodeJS.ProcessEnv): string {
  const id = env['TCB_ENV_ID'] ?? ''
  if (/^[a-z][a-z0-9-]*$/i.test(id)) return id
  const problem = id === '' ? 'is not set' : 'is no id of an environment'
  throw new Refusal(`TCB_ENV_ID ${problem}: 云开发控制台 → 设置 → 环境 ID shows it.`)
}

/** What to tell a person who has no `tcb`. */
export const cliAdvice =
  'The CloudBase CLI is not installed: npm install -g @cloudbase/cli, then tcb login. Or without ' +
  'it: npm run build, then in DevTools right-click each folder of cloudfunctions/ and choose ' +
  '上传并部署：所有文件 (and 上传触发器 for pay-reconcile); the timeouts of cloudbaserc.json and the ' +
  'HTTP 访问服务 of pay-notify are set in 云开发控制台.'

/** What remains for a person: the project's tests have only ever seen a stand-in of the CLI. */
export const lookAt = `Deployed. Neither the real CLI nor a real environment was ever part of this project's tests, so look in
云开发控制台, once:
  云函数 → 配置: Node.js 18.15, timeout 20 s, of pay-reconcile 60 s
  云函数 → pay-reconcile → 触发器: reconcile, every minute
  HTTP 访问服务: /pay-notify leads to pay-notify; that address is NOTIFY_URL, and in 商户平台 the one for refunds`
