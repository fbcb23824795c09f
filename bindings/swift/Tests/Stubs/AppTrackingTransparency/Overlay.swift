extension ATTrackingManager {
    /// As Swift sees the one with a completion handler.
    public class func requestTrackingAuthorization() async -> AuthorizationStatus {
        await withCheckedContinuation { answered in
            requestTrackingAuthorization { answered.resume(returning: $0) }
        }
    }
}
