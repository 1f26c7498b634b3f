using Callback.Web.SignIn;

namespace Callback.Web.Tests.SignIn;

/// <summary>The help page's table of roles is the program's table of roles.</summary>
public sealed class HelpPageTests
{
    private static readonly Role[] Columns = [Role.Agent, Role.Scheduler, Role.Manager, Role.Admin];

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public void The_table_of_roles_is_what_the_program_holds_ASVS_8_1_1(string language)
    {
        using var reader = new StreamReader(typeof(CurrentActor).Assembly.GetManifestResourceStream($"Help/{language}/accounts.md")!);
        var rows = reader.ReadToEnd().Split('\n')
            .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray() is [_, .. var cells, _] ? cells : [])
            .Where(cells => cells.Length == 5 && Enum.TryParse<Permission>(cells[0].Split(' ')[0], out _))
            .ToDictionary(cells => Enum.Parse<Permission>(cells[0].Split(' ')[0]), cells => cells[1..]);
        Assert.Equal(Enum.GetValues<Permission>().ToHashSet(), rows.Keys.ToHashSet());
        foreach (var (permission, marks) in rows)
        {
            for (var i = 0; i < Columns.Length; i++)
                Assert.True(marks[i] == "✓" == Permissions.Of(Columns[i]).Contains(permission), $"{permission} of {Columns[i]}");
        }
    }
}
