/** The type of `getApp()`. The shop keeps no state in the app object. */
interface IAppOption {}
