import { env } from './config'

App<IAppOption>({
  onLaunch() {
    // Documented at wx.cloud.init: without an env the environment that was opened first is used.
    wx.cloud.init(env ? { env, traceUser: true } : { traceUser: true })
  },
})
