#import <XCTest/XCTest.h>

@interface Host : NSObject
+ (void)strain:(void (^)(NSDictionary *, NSError *))completion;
@end

@interface StressTests : XCTestCase
@end

@implementation StressTests

- (void)testTheDeviceIsDescribedWhileExceptionsFly {
    XCTestExpectation *described = [self expectationWithDescription:@"described"];
    [NSClassFromString(@"Host") strain:^(NSDictionary *answers, NSError *error) {
        XCTAssertNil(error);
        XCTAssertEqualObjects(answers[@"brand"], @"Apple");
        XCTAssertTrue([answers[@"model"] hasPrefix:@"iPhone"]);
        [described fulfill];
    }];
    [self waitForExpectations:@[described] timeout:30];
}

@end
