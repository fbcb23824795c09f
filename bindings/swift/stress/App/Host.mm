#import "Host.h"

#include <stdexcept>
#include <thread>

#import "Scruple-Swift.h"

/// The other library of Rust's.
extern "C" int other_panics_and_recovers(void);

@implementation Host

static SCRSession *session;
static SCRPlatformAnswers *answers;

static void throwOfBothKinds() {
    for (int turn = 0; turn < 1000; turn++) {
        try {
            throw std::runtime_error("expected");
        } catch (const std::exception &) {
        }
        @try {
            [NSException raise:NSGenericException format:@"expected"];
        } @catch (NSException *) {
        }
    }
}

+ (void)strain:(void (^)(NSDictionary *, NSError *))completion {
    std::thread(throwOfBothKinds).detach();
    NSCAssert(other_panics_and_recovers() == 1, @"the other library's panics are its own");
    NSString *policy = @"{\"agreement\": \"tcmpp-dpsa/2024-05-28\", \"categories\": {\"device\": {\"enabled\": true}}}";
    [SCRSession openWithPolicy:policy sources:@[] completion:^(SCRSession *opened, NSError *error) {
        session = opened;
        SCRConsent *consent = [SCRConsent new];
        [consent stateAge:SCRAgeAtLeastMinimum];
        [consent grant:SCRCategoryDevice];
        if (!opened || ![opened updateConsent:consent error:&error]) {
            completion(nil, error);
            return;
        }
        [opened collectForPurpose:SCRPurposeFeature completion:^(SCRSnapshot *snapshot, NSError *error) {
            answers = [[SCRPlatformAnswers alloc] initWithClipboardInterval:30];
            [answers hold:snapshot];
            completion([answers getAppDeviceInfo], error);
        }];
    }];
}

@end
