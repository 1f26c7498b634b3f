namespace Callback;

/// <summary>What a person is in a shop; Admin is of the whole installation and sees no customer data.</summary>
public enum Role
{
    Agent,
    Scheduler,
    Manager,
    Admin,
}
