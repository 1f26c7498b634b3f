using System.Text.RegularExpressions;
using Callback.Calls;
using Callback.Tests.Windows;

namespace Callback.Tests.Calls;

/// <summary>What the checked model of the protocol (tests/model/call.pml) says about states and steps of an attempt.</summary>
internal static partial class ModelFile
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Shipped.ConfigFolder)!, "tests", "model", "call.pml"));

    /// <summary>The states of an attempt: what a right may stand at before there is one is left out.</summary>
    public static IReadOnlyList<string> States { get; } =
        [.. StateList().Match(Text).Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries).Except(["NoRight", "Ready", "Held"])];

    public static IReadOnlyList<(AttemptState From, AttemptState To)> Edges { get; } =
    [
        .. from line in EdgeLine().Matches(Text)
           from to in EdgeEnd().Matches(line.Groups["ends"].Value)
           select (Enum.Parse<AttemptState>(line.Groups["from"].Value), Enum.Parse<AttemptState>(to.Groups["to"].Value)),
    ];

    [GeneratedRegex(@"^mtype:state = \{(?<names>[^}]*)\};", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StateList();

    [GeneratedRegex(@"\(a == (?<from>\w+) && \((?<ends>b == [^)]*)\)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EdgeLine();

    [GeneratedRegex(@"b == (?<to>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EdgeEnd();
}
