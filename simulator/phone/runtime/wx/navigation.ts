import type { Router } from '../router/router'
import { type Options, ApiFailure, asyncApi, numberOption, stringOption } from './async-api'

export function navigationApi(router: Router) {
  const url = (options: Options) => stringOption(options, 'url')
  return {
    navigateTo: asyncApi('navigateTo', (options) => {
      if ('events' in options)
        throw new ApiFailure("events are not built into the simulator's phone")
      router.navigateTo(url(options))
    }),
    redirectTo: asyncApi('redirectTo', (options) => router.redirectTo(url(options))),
    reLaunch: asyncApi('reLaunch', (options) => router.reLaunch(url(options))),
    switchTab: asyncApi('switchTab', (options) => router.switchTab(url(options))),
    navigateBack: asyncApi('navigateBack', (options) => {
      router.navigateBack(numberOption(options, 'delta', 1))
    }),
    setNavigationBarTitle: asyncApi('setNavigationBarTitle', (options) => {
      router.top.window.navigationBarTitleText = stringOption(options, 'title')
      router.refresh()
    }),
    pageScrollTo: asyncApi('pageScrollTo', (options) => {
      if ('selector' in options)
        throw new ApiFailure("selector is not built into the simulator's phone")
      const animated = numberOption(options, 'duration', 300) > 0
      router.top.scrollTo(numberOption(options, 'scrollTop'), animated && !prefersReducedMotion())
    }),
    startPullDownRefresh: asyncApi('startPullDownRefresh', () => router.top.startRefresh()),
    stopPullDownRefresh: asyncApi('stopPullDownRefresh', () => router.top.stopRefresh()),
  }
}

function prefersReducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
