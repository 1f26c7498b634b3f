using System.Collections.Immutable;
using Callback.Calls;

namespace Callback.Tests.Calls.ModelBased;

/// <summary>An attempt as anybody can see it. Attempts are numbered from 1, as they came.</summary>
internal sealed record SeenAttempt(int No, string Agent, string Orders, AttemptState State, WrapUpState WrapUp)
{
    public override string ToString() => $"call {No} of {Agent} about {Orders}: {State}, result {WrapUp}";
}

/// <summary>What is observable of a shop after a step, in one order, so that two pictures can be held against each other.</summary>
/// <param name="Rights">Order, number of the right, attempt.</param>
/// <param name="Grants">Order, number, kind of those that are open.</param>
/// <param name="Rings">How often the line was made to ring, by attempt.</param>
/// <param name="Held">Agent and orders.</param>
internal sealed record Picture(
    ImmutableArray<SeenAttempt> Attempts, ImmutableArray<string> Rights, ImmutableArray<string> Grants, ImmutableArray<string> Rings, ImmutableArray<string> Held)
{
    /// <returns>The first thing that differs; null: nothing.</returns>
    public string? DiffersFrom(Picture expected) =>
        Differs("attempts", Attempts, expected.Attempts)
        ?? Differs("rights spent", Rights, expected.Rights)
        ?? Differs("open grants", Grants, expected.Grants)
        ?? Differs("rings", Rings, expected.Rings)
        ?? Differs("cards held", Held, expected.Held);

    private static string? Differs<T>(string what, ImmutableArray<T> seen, ImmutableArray<T> expected) =>
        seen.SequenceEqual(expected) ? null : $"{what}: the product has [{string.Join("; ", seen)}], the protocol says [{string.Join("; ", expected)}]";
}
