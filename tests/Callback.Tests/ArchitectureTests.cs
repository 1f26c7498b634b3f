using System.Reflection;
using Callback.Database;
using Callback.Tests.Support;
using Callback.Windows;

namespace Callback.Tests;

public sealed class ArchitectureTests
{
    private static readonly Assembly Library = typeof(Db).Assembly;

    private static readonly string[] OpenToAll = ["Database", "Auditing"];

    /// <summary>Which slice may use which; an arrow carries on to what its target may use.</summary>
    private static readonly Dictionary<string, string[]> May = new()
    {
        ["Database"] = [],
        ["Auditing"] = [],
        ["Windows"] = [],
        ["Suppression"] = [],
        ["Wording"] = [],
        ["CallScripts"] = ["Wording"],
        ["Telephony"] = [],
        ["Accounts"] = [],
        ["Orders"] = [],
        ["Campaigns"] = ["Orders", "Windows", "CallScripts", "Suppression"],
        ["Planning"] = ["Campaigns"],
        ["Calls"] = ["Planning", "Telephony"],
        ["Compensation"] = ["Windows", "CallScripts"],
        ["FollowUps"] = ["Calls", "Windows", "Compensation", "Wording"],
        ["Practice"] = ["Calls", "Wording"],
        ["Receivers"] = [],
        ["Health"] = ["Calls"],
        ["Reports"] = [],
    };

    [Fact]
    public void A_slice_uses_only_the_slices_the_table_allows()
    {
        var broken = from type in Library.GetTypes()
                     let slice = SliceUses.SliceOf(type)
                     where slice is not null && May.ContainsKey(slice)
                     let reach = Reach(slice)
                     from used in SliceUses.Of(type)
                     let other = SliceUses.SliceOf(used)
                     where other is not null && !reach.Contains(other)
                     select $"{slice} ({type.Name}) uses {other} ({used.Name})";
        Assert.Empty(broken.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_slice_stands_in_the_table() =>
        Assert.Empty(Library.GetTypes().Select(SliceUses.SliceOf).OfType<string>().Distinct().Except(May.Keys));

    [Fact]
    public void The_table_has_no_circle() =>
        Assert.All(May.Keys, slice => Assert.DoesNotContain(slice, May[slice].SelectMany(Reach).Except(OpenToAll)));

    /// <summary>The detector itself: a use that stands in no signature is seen.</summary>
    [Fact]
    public void A_use_inside_a_method_is_seen() =>
        Assert.Contains(typeof(Migration), SliceUses.Of(typeof(Migrator)).Concat(typeof(Migrator).GetNestedTypes(BindingFlags.NonPublic).SelectMany(SliceUses.Of)));

    [Fact]
    public void The_library_sees_neither_the_web_nor_the_scheduler() =>
        Assert.DoesNotContain(
            Library.GetReferencedAssemblies(),
            name => name.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.Name.StartsWith("Quartz", StringComparison.Ordinal)
                || name.Name.Equals("callback", StringComparison.OrdinalIgnoreCase));

    /// <summary><see cref="EffectivePolicy"/> is the policy as data, the only one that is a record.</summary>
    [Fact]
    public void A_policy_is_static_and_pure()
    {
        var policies = Library.GetTypes().Where(type => !type.IsNested && type.Name.EndsWith("Policy", StringComparison.Ordinal) && type != typeof(EffectivePolicy)).ToList();
        Assert.NotEmpty(policies);
        Assert.All(policies, policy => Assert.True(policy is { IsAbstract: true, IsSealed: true }, $"{policy.Name} is not static"));
        Assert.All(policies.Append(typeof(EffectivePolicy)), policy => Assert.Empty(Impure(policy)));
    }

    private static IEnumerable<string> Impure(Type policy) =>
        from method in policy.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        from type in method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)
        where typeof(Task).IsAssignableFrom(type) || typeof(TimeProvider).IsAssignableFrom(type) || type == typeof(CancellationToken)
            || (type.FullName ?? "").StartsWith("System.Threading.Tasks.ValueTask", StringComparison.Ordinal)
            || (type.Namespace ?? "").StartsWith("Npgsql", StringComparison.Ordinal) || SliceUses.SliceOf(type) == "Database"
        select $"{policy.Name}.{method.Name} takes or gives {type.Name}";

    private static HashSet<string> Reach(string slice) => [slice, .. OpenToAll, .. May[slice].SelectMany(Reach)];
}
