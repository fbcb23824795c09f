#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

/// What the tests call of the app.
@interface Host : NSObject

/// Opens a session, agrees to the device's category and collects, while exceptions of both kinds fly on other threads; what the
/// delegate's answers then say of the device.
+ (void)strain:(void (^)(NSDictionary *_Nullable answers, NSError *_Nullable error))completion;

@end

NS_ASSUME_NONNULL_END
