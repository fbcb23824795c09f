package dev.scruple.emulator;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says in one line how the tests ended. */
public final class CountLine implements TestExecutionListener {
    private int passed;
    private int failed;

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean isPassed = result.getStatus() == Status.SUCCESSFUL;
        if (test.isTest() && isPassed) {
            passed++;
        } else if (!isPassed) {
            // A class that could not be set up counts too.
            failed++;
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        System.out.println("emulator: " + passed + " passed, " + failed + " failed");
    }
}
