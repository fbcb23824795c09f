#import <UIKit/UIKit.h>

@interface Delegate : UIResponder <UIApplicationDelegate>
@end

@implementation Delegate
@end

int main(int argc, char *argv[]) {
    @autoreleasepool {
        return UIApplicationMain(argc, argv, nil, NSStringFromClass([Delegate class]));
    }
}
