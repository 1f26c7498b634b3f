using System.Collections.Frozen;
using Callback.Practice.Reading;
using Callback.Telephony;

namespace Callback.Practice;

/// <summary>All invented customers and courses of the configuration, read once and checked.</summary>
public sealed class PracticeBook(IReadOnlyList<CustomerCharacter> customers, IReadOnlyList<Course> courses)
{
    private readonly FrozenDictionary<string, CustomerCharacter> byId = customers.ToFrozenDictionary(customer => customer.Id);

    public IReadOnlyList<CustomerCharacter> Customers { get; } = customers;

    public IReadOnlyList<Course> Courses { get; } = courses;

    /// <exception cref="RefusalException">A file is wrong; the message has one line for each error.</exception>
    public static PracticeBook Load(string configFolder)
    {
        var findings = new List<ConfigFinding>();
        var book = PracticeReader.Read(configFolder, findings);
        var errors = findings.Where(finding => finding.Kind == ConfigFindingKind.Error).Select(finding => $"{finding.File}, {finding.Place}: {finding.Message}").ToList();
        return errors.Count == 0 ? book : throw new RefusalException($"The practice files cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}");
    }

    public CustomerCharacter? FindCustomer(string id) => byId.GetValueOrDefault(id);

    public Course? FindCourse(string id) => Courses.FirstOrDefault(course => course.Id == id);

    /// <summary>Who is met in a practice call that belongs to no course: drawn from the seed among those who talk.</summary>
    public CustomerCharacter Draw(int seed)
    {
        var talkers = Customers.Where(customer => customer.EndsWith is null).ToList();
        return talkers[PracticeDice.For(seed, "who").Next(talkers.Count)];
    }
}
