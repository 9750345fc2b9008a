/** Why nothing is deployed, and what to do. */
export class Refusal extends Error {}

/** What to tell a person who wants to see first what would happen. */
export const noDryRun =
  'There is no dry run of deploy: npm run verify and npm run doctor look, and change nothing.'

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
