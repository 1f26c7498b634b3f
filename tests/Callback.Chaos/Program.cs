using System.Diagnostics;
using Callback.Chaos;
using Callback.Chaos.Events;

// Runs the tests of the plan and prints a row for each; the exit code says whether all of them passed.
ChaosTest[] tests =
[
    EventsTest.Test,
];
ChaosOptions options;
try
{
    options = ChaosOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
if (options.Tests.Except(tests.Select(test => test.Name)).FirstOrDefault() is { } missing)
{
    Console.Error.WriteLine($"There is no test '{missing}'. Usage: {ChaosOptions.Usage}");
    return 2;
}
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var all = true;
foreach (var test in tests.Where(test => options.Tests.Count == 0 || options.Tests.Contains(test.Name)))
{
    var clock = Stopwatch.StartNew();
    var row = await test.RunAsync(options, stop.Token);
    Console.WriteLine(row);
    Console.Error.WriteLine($"({test.Name}: {clock.Elapsed.TotalSeconds:0} s)");
    all &= row.Passed;
}
return all ? 0 : 1;
